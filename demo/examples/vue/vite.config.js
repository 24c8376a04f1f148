import vue from '@vitejs/plugin-vue';

export default {
  publicDir: '../../feeds',
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === 'diary-feed' } } })],
};
